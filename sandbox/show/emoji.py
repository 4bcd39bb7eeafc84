"""The shortcodes people and bots use most, and one more way to write them: the rest stays as is."""

from __future__ import annotations

import re
from collections.abc import Mapping

EMOJI: Mapping[str, str] = {
    # Signs
    "white_check_mark": "✅", "heavy_check_mark": "✔️", "ballot_box_with_check": "☑️",
    "x": "❌", "negative_squared_cross_mark": "❎", "warning": "⚠️", "no_entry": "⛔",
    "no_entry_sign": "🚫", "octagonal_sign": "🛑", "exclamation": "❗", "question": "❓",
    "grey_question": "❔", "bangbang": "‼️", "information_source": "ℹ️", "sos": "🆘",
    "recycle": "♻️", "repeat": "🔁", "arrows_counterclockwise": "🔄", "heavy_plus_sign": "➕",
    "heavy_minus_sign": "➖", "infinity": "♾️", "new": "🆕", "ok": "🆗",
    # Arrows
    "arrow_right": "➡️", "arrow_left": "⬅️", "arrow_up": "⬆️", "arrow_down": "⬇️",
    "arrow_forward": "▶️", "arrow_upper_right": "↗️", "arrow_lower_right": "↘️",
    "leftwards_arrow_with_hook": "↩️", "arrow_right_hook": "↪️", "left_right_arrow": "↔️",
    "twisted_rightwards_arrows": "🔀", "back": "🔙",
    # Colours
    "red_circle": "🔴", "large_orange_circle": "🟠", "large_yellow_circle": "🟡",
    "large_green_circle": "🟢", "large_blue_circle": "🔵", "large_purple_circle": "🟣",
    "white_circle": "⚪", "black_circle": "⚫", "large_green_square": "🟩",
    "large_red_square": "🟥", "large_yellow_square": "🟨", "white_large_square": "⬜",
    "black_large_square": "⬛", "white_square_button": "🔳", "small_blue_diamond": "🔹",
    "small_orange_diamond": "🔸", "black_small_square": "▪️", "white_small_square": "▫️",
    # Time
    "hourglass": "⌛", "hourglass_flowing_sand": "⏳", "alarm_clock": "⏰", "stopwatch": "⏱️",
    "timer_clock": "⏲️", "clock1": "🕐", "clock3": "🕒", "clock9": "🕘", "watch": "⌚",
    "calendar": "📆", "date": "📅", "spiral_calendar_pad": "🗓️", "zzz": "💤",
    # Work
    "door": "🚪", "ladder": "🪜", "lock": "🔒", "unlock": "🔓", "closed_lock_with_key": "🔐",
    "key": "🔑", "memo": "📝", "pencil": "📝", "pencil2": "✏️", "lower_left_fountain_pen": "🖋️",
    "page_facing_up": "📄", "clipboard": "📋", "pushpin": "📌", "round_pushpin": "📍",
    "paperclip": "📎", "link": "🔗", "bookmark": "🔖", "books": "📚", "card_index": "📇",
    "file_folder": "📁", "open_file_folder": "📂", "inbox_tray": "📥", "outbox_tray": "📤",
    "package": "📦", "envelope": "✉️", "email": "📧", "bar_chart": "📊",
    "chart_with_upwards_trend": "📈", "chart_with_downwards_trend": "📉", "moneybag": "💰",
    "scales": "⚖️", "balance_scale": "⚖️", "gear": "⚙️", "wrench": "🔧", "hammer": "🔨",
    "hammer_and_wrench": "🛠️", "test_tube": "🧪", "microscope": "🔬", "mag": "🔍",
    "mag_right": "🔎", "bulb": "💡", "label": "🏷️", "shield": "🛡️", "computer": "💻",
    "robot_face": "🤖", "wastebasket": "🗑️", "dart": "🎯", "bell": "🔔", "no_bell": "🔕",
    "loudspeaker": "📢", "mega": "📣", "speech_balloon": "💬", "thought_balloon": "💭",
    "rotating_light": "🚨", "traffic_light": "🚥", "vertical_traffic_light": "🚦",
    "construction": "🚧", "rocket": "🚀", "ship": "🚢", "checkered_flag": "🏁",
    "triangular_flag_on_post": "🚩", "crystal_ball": "🔮", "compass": "🧭", "seedling": "🌱",
    "fire": "🔥", "boom": "💥", "zap": "⚡", "sparkles": "✨", "star": "⭐", "tada": "🎉",
    "trophy": "🏆", "medal": "🏅", "house": "🏠", "classical_building": "🏛️", "ghost": "👻",
    "coffee": "☕", "umbrella": "☔", "snowflake": "❄️", "sunny": "☀️",
    # People
    "wave": "👋", "+1": "👍", "thumbsup": "👍", "-1": "👎", "thumbsdown": "👎",
    "ok_hand": "👌", "raised_hand": "✋", "hand": "✋", "raising_hand": "🙋", "clap": "👏",
    "pray": "🙏", "muscle": "💪", "point_right": "👉", "point_left": "👈", "point_up": "☝️",
    "point_down": "👇", "eyes": "👀", "eye": "👁️", "handshake": "🤝", "writing_hand": "✍️",
    "busts_in_silhouette": "👥", "bust_in_silhouette": "👤", "mortar_board": "🎓",
    "slightly_smiling_face": "🙂", "smile": "😄", "grinning": "😀", "wink": "😉",
    "thinking_face": "🤔", "neutral_face": "😐", "disappointed": "😞", "sweat_smile": "😅",
    "joy": "😂", "heart": "❤️", "blue_heart": "💙", "green_heart": "💚", "palm_tree": "🌴",
    "one": "1️⃣", "two": "2️⃣", "three": "3️⃣", "four": "4️⃣", "five": "5️⃣",
    "six": "6️⃣", "seven": "7️⃣", "eight": "8️⃣", "nine": "9️⃣", "zero": "0️⃣",
}  # fmt: skip

_SHORTCODE = re.compile(r":([a-z0-9_+'-]+):(?::skin-tone-[2-6]:)?")


def emojify(text: str) -> str:
    """Known shortcodes as characters; unknown ones stay readable as they are."""
    return _SHORTCODE.sub(lambda match: EMOJI.get(match[1], match[0]), text)
