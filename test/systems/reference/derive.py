"""The numbers of test/systems/reference/derived.json, derived from the textbook alone.

    python3 -m venv /tmp/derive && /tmp/derive/bin/pip install numpy==2.2.6
    /tmp/derive/bin/python test/systems/reference/derive.py > test/systems/reference/derived.json

None of qheat is read. A system is its matrices, made of Kronecker products here; a bath couples as X (B + B^+)
with X Hermitian. With X(w) = sum |p><p|X|q><q| over E_q - E_p = w (Breuer and Petruccione, The Theory of Open
Quantum Systems, (3.120)), the Born-Markov equation without Lamb shift, their (3.132) with Gamma = gamma/2, is

    d rho/dt = -i [H, rho] + sum_{w, w'} gamma(w)/2 (X(w) rho X(w')^+ - X(w')^+ X(w) rho) + h.c.,
    gamma(w) = g(w) (1 + n(w)) for w > 0, g(-w) n(-w) for w < 0.

redfield keeps every pair (w, w'), lindblad w = w', partial-secular |w - w'| <= cutoff, unified (Trushechkin, PRA
103, 062226 (2021)) pairs of one cluster with gamma at its middle; local is lindblad with the X(w) of the bare
Hamiltonian and the commutator of the whole one. The superoperator is an N^2 x N^2 matrix on vec(rho), its
steady state the null vector that the singular value decomposition finds; the second smallest singular value
must be far from 0. Currents are Tr H D_b(rho).
"""

import json
import platform

import numpy as np

I2 = np.eye(2)
SX = np.array([[0, 1], [1, 0]], dtype=complex)
SZ = np.array([[1, 0], [0, -1]], dtype=complex)
SM = np.array([[0, 0], [1, 0]], dtype=complex)  # lowers: sz = +1 is the first level
FIRST = lambda m: np.kron(m, I2)
SECOND = lambda m: np.kron(I2, m)


def gamma_of(spectrum, temperature):
    """gamma(w) of a bath from its g(w)."""

    def gamma(w):
        n = 1 / np.expm1(abs(w) / temperature)
        return spectrum(w) * (1 + n) if w > 0 else spectrum(-w) * n

    return gamma


def flat(g):
    return lambda w: g


def drude(g, cutoff):
    return lambda w: g * w * cutoff**2 / (w**2 + cutoff**2)


def transitions(h, x, equal=1e-9):
    """The pairs (w, X(w)): eigenoperators of h in x, frequencies alike within `equal`."""
    energies, v = np.linalg.eigh(h)
    inner = v.conj().T @ x @ v
    found = []
    for p in range(len(energies)):
        for q in range(len(energies)):
            if abs(inner[p, q]) < 1e-13:
                continue
            w = energies[q] - energies[p]
            part = inner[p, q] * np.outer(v[:, p], v[:, q].conj())
            for known in found:
                if abs(known[0] - w) < equal:
                    known[1] = known[1] + part
                    break
            else:
                found.append([w, part])
    return found


def clusters(frequencies, width):
    """The middle of each frequency's cluster: from the least on, at most `width` wide, alike for both signs."""
    middle = {}
    rest = sorted({abs(w) for w in frequencies if abs(w) > width / 2})
    for w in frequencies:
        if abs(w) <= width / 2:
            middle[w] = 0.0
    while rest:
        own = [w for w in rest if w <= rest[0] + width]
        for w in frequencies:
            if abs(w) in own:
                middle[w] = np.sign(w) * (own[0] + own[-1]) / 2
        rest = rest[len(own) :]
    return middle


def dissipator(h, x, gamma, kind, number):
    """D on vec(rho), rows first: A rho B is kron(A, B^T)."""
    n = len(h)
    one = np.eye(n)
    parts = transitions(h, x)
    middle = clusters([w for w, _ in parts], number) if kind == "unified" else None
    total = np.zeros((n * n, n * n), dtype=complex)
    for w, a in parts:
        for w2, b in parts:
            if kind == "redfield":
                rate = gamma(w)
            elif kind in ("lindblad", "local"):
                rate = gamma(w) if w == w2 else 0
            elif kind == "partial-secular":
                rate = gamma(w) if abs(w - w2) <= number else 0
            else:
                rate = gamma(middle[w]) if middle[w] == middle[w2] else 0
            if rate == 0:
                continue
            bd = b.conj().T
            total += rate / 2 * (np.kron(a, bd.T) - np.kron(bd @ a, one))
            # the Hermitian conjugate: rho -> b rho a^+ - rho a^+ b
            ad = a.conj().T
            total += rate / 2 * (np.kron(b, ad.T) - np.kron(one, (ad @ b).T))
    return total


def solve(h, baths, kind, number=None, bare=None):
    """Populations in ascending energy of h; for each bath Tr h D(rho), and with the bare Hamiltonian."""
    n = len(h)
    one = np.eye(n)
    parts = [dissipator(h if bare is None else bare, x, gamma, kind, number) for x, gamma in baths]
    whole = -1j * (np.kron(h, one) - np.kron(one, h.T)) + sum(parts)
    _, s, vh = np.linalg.svd(whole)
    assert s[-2] > 1e3 * s[-1] and s[-2] > 1e-7, "no unique steady state"
    rho = vh[-1].conj().reshape(n, n)
    rho = rho / np.trace(rho)
    _, v = np.linalg.eigh(h)
    current = lambda of, d: float(np.trace(of @ (d @ rho.reshape(-1)).reshape(n, n)).real)
    return {
        "populations": np.diag(v.conj().T @ rho @ v).real.tolist(),
        "currents": [current(h, d) for d in parts],
        "bare": [current(bare, d) for d in parts] if bare is not None else None,
    }


cases = []


def add(name, spec, found, baths):
    columns = {f"rho_{k + 1}{k + 1}": p for k, p in enumerate(found["populations"])}
    for b, q in zip(baths, found["currents"]):
        columns[f"q_{b}"] = q
    for b, q in zip(baths, found["bare"] or []):
        columns[f"q_{b}_bare"] = q
    cases.append({"name": name, "spec": spec, "columns": columns})


def heat_valve():
    bare = -0.5 * FIRST(SZ) - 0.3 * SECOND(SZ)
    h = bare + 0.6 * FIRST(SX) @ SECOND(SX)
    baths = [(FIRST(SX), gamma_of(flat(0.1), 2)), (SECOND(SX), gamma_of(flat(0.1), 1))]
    model = {
        "factors": [2, 2],
        "hamiltonian": "-0.5*sz(1) - 0.3*sz(2) + 0.6*sx(1)*sx(2)",
        "bare": "-0.5*sz(1) - 0.3*sz(2)",
        "baths": {"hot": {"coupling": "sx(1)"}, "cold": {"coupling": "sx(2)"}},
    }
    bath = {"spectrum": "flat", "g": 0.1}
    point = {"model": model, "T_hot": 2, "T_cold": 1, "bath_hot": bath, "bath_cold": bath}
    for kind in ("lindblad", "redfield", "local"):
        found = solve(h, baths, kind, bare=bare if kind == "local" else None)
        add(f"heat valve, {kind}", {**point, "equation": kind}, found, ["hot", "cold"])


def kato_tanimura():
    """J. Chem. Phys. 143, 064107 (2015): J(w) = 2 lambda gamma w/(w^2 + gamma^2) is half the full rate g(w)."""
    for j in (0.01, 0.1, 0.5):
        h = 0.5 * FIRST(SZ) + 0.5 * SECOND(SZ)
        h = h + j * (FIRST(SM.T) @ SECOND(SM) + FIRST(SM) @ SECOND(SM.T))
        for zeta in (0.25, 1, 4):
            g = 2 * 2 * (zeta * j / 2) / 2
            baths = [
                (FIRST(SX), gamma_of(drude(g, 2), 2.02)),
                (SECOND(SX), gamma_of(drude(g, 2), 1.98)),
            ]
            model = {
                "factors": [2, 2],
                "hamiltonian": "0.5*sz(1) + 0.5*sz(2) + J*(sp(1)*sm(2) + sm(1)*sp(2))",
                "parameters": {"J": j},
                "baths": {"L": {"coupling": "sx(1)"}, "R": {"coupling": "sx(2)"}},
            }
            bath = {"spectrum": "drude", "g": g, "cutoff": 2}
            point = {"model": model, "T_L": 2.02, "T_R": 1.98, "bath_L": bath, "bath_R": bath}
            kinds = [("lindblad", None, {}), ("redfield", None, {})]
            if j < 0.5:
                kinds.append(("partial-secular", 3 * j, {"secular_cutoff": 3 * j}))
                kinds.append(("unified", 3 * j, {"cluster_width": 3 * j}))
            for kind, number, extra in kinds:
                found = solve(h, baths, kind, number)
                spec = {**point, **extra, "equation": kind}
                add(f"Kato and Tanimura, J = {j}, zeta = {zeta}, {kind}", spec, found, ["L", "R"])


def tensor():
    """QuantumOptics.jl's test: entries of the Bloch-Redfield tensor in the energy basis, excited state first."""
    h = -0.2 * np.pi * SX - np.pi * SZ
    gamma = lambda w: 0.5 if abs(w) < 1e-12 else (0.25 * w / (2 * np.pi) if w > 0 else 0.0)
    whole = dissipator(h, SX, gamma, "redfield", None)
    whole = whole - 1j * (np.kron(h, I2) - np.kron(I2, h.T))
    _, v = np.linalg.eigh(h)
    v = v[:, ::-1]
    turn = np.kron(v.conj().T, v.T)
    inner = turn @ whole @ turn.conj().T
    return {
        "into the ground state": float(inner[3, 0].real),
        "coherence": [float(inner[1, 1].real), float(inner[1, 1].imag)],
    }


heat_valve()
kato_tanimura()
print(
    json.dumps(
        {
            "made by": "test/systems/reference/derive.py",
            "python": platform.python_version(),
            "numpy": np.__version__,
            "tensor": tensor(),
            "cases": cases,
        },
        indent=2,
    )
)
