"""The look of the HTML page: Slack's light theme, near enough to judge a message by eye."""

CSS = """
:root { --ink: #1d1c1d; --soft: #616061; --line: rgba(29,28,29,.13); --edge: rgba(29,28,29,.3);
  --link: #1264a3; --green: #007a5a; --red: #e01e5a; }
* { box-sizing: border-box; }
body { margin: 0; padding: 20px 24px; background: #fff; color: var(--ink);
  font: 15px/1.46668 Lato, "Slack-Lato", "Noto Sans", "Segoe UI", Arial, "Noto Color Emoji",
  sans-serif; -webkit-font-smoothing: antialiased; }
b, strong { font-weight: 700; }
a { color: var(--link); text-decoration: none; }
code { font: 12px/1.5 Monaco, Menlo, Consolas, "DejaVu Sans Mono", monospace; color: #c01343;
  background: rgba(29,28,29,.04); border: 1px solid var(--line); border-radius: 3px;
  padding: 2px 3px 1px; }
pre { font: 12px/1.50001 Monaco, Menlo, Consolas, "DejaVu Sans Mono", monospace; margin: 4px 0;
  padding: 8px; background: rgba(29,28,29,.04); border: 1px solid var(--line);
  border-radius: 4px; white-space: pre-wrap; overflow-wrap: anywhere; }
blockquote { margin: 4px 0; padding-left: 12px; border-left: 4px solid #ddd; }
.mention { color: var(--link); background: rgba(29,155,209,.1); border-radius: 3px;
  padding: 0 2px 1px; }
.li { display: flex; gap: 8px; } .li > i { font-style: normal; min-width: 14px; }
.caption { margin: 28px 0 8px; font-size: 12px; color: var(--soft); text-transform: uppercase;
  letter-spacing: .04em; }
.caption:first-child { margin-top: 0; }

.message { display: flex; gap: 8px; max-width: 760px; padding: 8px 0; }
.message.ephemeral { background: #f8f8f8; padding: 8px; border-radius: 6px; }
.avatar { flex: none; width: 36px; height: 36px; border-radius: 8px; background: #4a154b;
  color: #fff; font-weight: 900; display: grid; place-items: center; }
.said { flex: 1; min-width: 0; max-width: 644px; }
.who b { font-weight: 900; } .who time { font-size: 12px; color: var(--soft); margin-left: 8px; }
.badge { font-size: 10px; font-weight: 700; background: rgba(29,28,29,.13); border-radius: 2px;
  padding: 1px 3px; margin-left: 4px; color: #454447; vertical-align: 1px; }
.note { font-size: 12px; color: var(--soft); }
.reactions { display: flex; gap: 4px; margin-top: 4px; }
.reactions span { font-size: 12px; border-radius: 24px; background: #f0f0f0; padding: 2px 8px; }
.attachment { border-left: 4px solid #ddd; padding: 2px 0 2px 12px; margin: 6px 0; }

.blocks { display: flex; flex-direction: column; gap: 8px; }
.header { font-size: 18px; line-height: 1.33; font-weight: 900; }
.section { display: flex; gap: 16px; align-items: flex-start; justify-content: space-between; }
.section > .words { flex: 1; min-width: 0; overflow-wrap: anywhere; }
.section > .thumb { flex: none; }
.fields { display: grid; grid-template-columns: 1fr 1fr; gap: 8px 16px; }
.words + .fields, .words > div + .fields { margin-top: 8px; }
.context { display: flex; flex-wrap: wrap; gap: 0 12px; align-items: center; font-size: 13px;
  line-height: 1.38462; color: var(--soft); }
.actions { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
hr { border: 0; border-top: 1px solid var(--line); margin: 8px 0; width: 100%; }
.button { display: inline-flex; align-items: center; height: 28px; padding: 0 12px 1px;
  font-size: 13px; font-weight: 700; border: 1px solid var(--edge); border-radius: 8px;
  background: #fff; color: var(--ink); white-space: nowrap; max-width: 100%; }
.button.primary { background: var(--green); border-color: var(--green); color: #fff; }
.button.danger { background: var(--red); border-color: var(--red); color: #fff; }
.menu { justify-content: space-between; gap: 8px; min-width: 180px; font-weight: 400;
  border-color: #868686; }
.menu::after { content: ""; width: 7px; height: 7px; border: solid var(--soft);
  border-width: 0 1.5px 1.5px 0; transform: rotate(45deg) translate(-2px, -2px); }
.hint { color: var(--soft); }
.choice { display: flex; gap: 8px; align-items: flex-start; padding: 2px 0; }
.choice small { display: block; font-size: 13px; color: var(--soft); }
.tick { flex: none; width: 16px; height: 16px; margin-top: 3px; border: 1px solid #868686;
  border-radius: 4px; color: #fff; font: 700 12px/14px Arial, sans-serif; text-align: center; }
.tick.radio { border-radius: 50%; }
.tick.on { background: var(--link); border-color: var(--link); }
.tick.radio.on { background: #fff; border: 5px solid var(--link); }
.input > label { display: block; font-weight: 700; margin-bottom: 6px; }
.input > label span { font-weight: 400; color: var(--soft); }
.input .menu, .field { width: 100%; min-height: 36px; padding: 7px 12px; font-size: 15px;
  border: 1px solid #868686; border-radius: 8px; background: #fff; white-space: pre-wrap;
  overflow-wrap: anywhere; }
.field.tall { min-height: 80px; }
.input .hinted { margin-top: 4px; font-size: 13px; color: var(--soft); }
.input .wrong { margin-top: 4px; font-size: 13px; font-weight: 700; color: var(--red); }
.input.failed .field, .input.failed .menu { border-color: var(--red); }
.picture { max-width: 100%; border-radius: 8px; display: block; }
.no-picture { border: 1px dashed var(--edge); border-radius: 8px; padding: 24px 16px;
  color: var(--soft); font-size: 13px; text-align: center; }
.thumb .no-picture, .thumb .picture { width: 88px; height: 88px; padding: 8px; overflow: hidden;
  font-size: 11px; }
.context .no-picture, .context .picture { display: inline-block; width: 20px; height: 20px;
  padding: 0; overflow: hidden; font-size: 0; border-radius: 2px; }
table { border-collapse: collapse; font-size: 13px; align-self: flex-start; }
td, th { border: 1px solid var(--line); padding: 6px 10px; text-align: left; font-weight: 400; }
th { font-weight: 700; background: #f8f8f8; } caption { text-align: left; font-weight: 700; }
.box { border: 1px solid var(--line); border-radius: 8px; padding: 12px; }
.unknown { border: 2px solid var(--red); border-radius: 4px; padding: 6px 8px; color: var(--red);
  font: 12px/1.4 monospace; overflow-wrap: anywhere; }

.veil { background: rgba(0,0,0,.4); padding: 24px; max-width: 600px; border-radius: 8px; }
.modal { background: #fff; border-radius: 8px; width: 520px; margin: 0 auto;
  box-shadow: 0 18px 48px rgba(0,0,0,.35); }
.modal > h1 { display: flex; justify-content: space-between; margin: 0; padding: 20px 28px;
  font-size: 22px; line-height: 1.27; font-weight: 900; }
.modal > h1 i { font: 400 24px/1 Arial, sans-serif; color: var(--soft); }
.modal > .blocks { gap: 20px; padding: 0 28px 12px; }
.modal > footer { display: flex; justify-content: flex-end; gap: 12px; padding: 20px 28px; }
.modal > footer .button { height: 36px; padding: 0 16px 1px; font-size: 15px; min-width: 80px;
  justify-content: center; }
.home { max-width: 760px; border: 1px solid var(--line); border-radius: 8px;
  padding: 20px 24px; }
.home > .tabs { font-weight: 700; font-size: 13px; border-bottom: 1px solid var(--line);
  margin: -20px -24px 16px; padding: 10px 24px; color: var(--soft); }
.home > .tabs b { color: var(--ink); border-bottom: 2px solid #4a154b; padding-bottom: 9px;
  margin-right: 20px; }
"""
