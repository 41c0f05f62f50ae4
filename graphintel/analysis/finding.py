"""A finding: a result with all that is needed to judge it and to get it again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graphintel.analysis.words import Words

VERSION = "1"

LIMITS: dict[str, Words] = {
    "communities": Words(
        "Being in one community means dense ties in what is held here; it does not say that anybody acted together.",
        "Aynı toplulukta olmak, buradaki kayıtlarda sık bağ demektir; birlikte hareket edildiğini söylemez.",
    ),
    "community-change": Words(
        "More links in a span may be more reporting: a community that is born may only have been seen for the first time.",
        "Bir dönemdeki fazla bağ fazla bildirim olabilir: yeni görünen topluluk ilk kez görülmüş olabilir.",
    ),
    "centrality": Words(
        "A go-between by position is not a leader, and what was never recorded is not counted.",
        "Konumca aracı olmak elebaşı olmak değildir; kaydedilmemiş olan sayılmamıştır.",
    ),
    "key-players": Words(
        "It rests on the structure recorded today and does not say how people regroup after a measure.",
        "Bugün kayıtlı yapıya dayanır; bir tedbirden sonra nasıl toparlanılacağını söylemez.",
    ),
    "removal": Words(
        "It takes things out of what is recorded today; it does not say what anybody does afterwards.",
        "Bugün kayıtlı olandan düğüm çıkarır; sonrasında kimin ne yapacağını söylemez.",
    ),
    "hidden-ties": Words(
        "These are pairs worth checking; a shared contact is no proof that two know each other.",
        "Bunlar araştırmaya değer çiftlerdir; ortak bağlantı, tanışıklığın kanıtı değildir.",
    ),
    "routes-observed": Words(
        "Only legs that a record states are shown; where nobody looked, nothing was seen.",
        "Yalnızca bir kaydın belirttiği etaplar gösterilir; bakılmayan yerde bir şey görülmemiştir.",
    ),
    "routes-predict": Words(
        "It repeats what past seizures show, with their blind spots; it says nothing about this consignment's guilt.",
        "Geçmiş yakalamaların gösterdiğini, kör noktalarıyla birlikte yineler; bu sevkiyatın suçu hakkında bir şey "
        "söylemez.",
    ),
}


@dataclass(frozen=True)
class Finding:
    """One answer of one method on what one profile saw at one counter; run again, it gives the same numbers."""

    kind: str
    method: str
    parameters: dict[str, Any]
    result: dict[str, Any]
    seed: int | None = None
    counter: int = 0
    profile: str = "all"
    stability: float | None = None
    version: str = VERSION

    @property
    def limits(self) -> Words:
        """What the result does not say."""
        return LIMITS[self.kind]

    def as_json(self) -> dict[str, Any]:
        """The result's own fields, as the contract has them, with what the finding adds beside them."""
        return {
            **self.result,
            "kind": self.kind,
            "method": self.method,
            "version": self.version,
            "parameters": self.parameters,
            "seed": self.seed,
            "counter": self.counter,
            "profile": self.profile,
            "stability": self.stability,
            "limits": self.limits._asdict(),
        }


def finding(
    kind: str, result: dict[str, Any], *, counter: int = 0, profile: str = "all", **parameters: Any
) -> Finding:
    """A finding of a method's JSON; KeyError names the kinds there are. Further parameters join the method's own."""
    if kind not in LIMITS:
        raise KeyError(f"no kind of finding {kind!r}; there are {', '.join(LIMITS)}")
    return Finding(
        kind, result.get("method", kind), {**result.get("parameters", {}), **parameters}, result, result.get("seed"),
        counter, profile, result.get("stability"),
    )  # fmt: skip
