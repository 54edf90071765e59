"""The effects that the keys of memory, links and disks have on a run: rows of the test of all keys."""

from simulator.mechanisms.effect import REQUESTS, SERVED, STORED, Direction, Effect

MEMORY = SERVED | {
    "service.memory": {
        "installed_gb": 8.0,
        "base_gb": 0.5,
        "cache_gb": 1.0,
        "mb_per_connection": 20.0,
        "mb_per_session": 0.1,
        "sessions_share": 0.2,
    },
    "database.memory": {"base_gb": 1.0, "cache_gb": 4.0, "mb_per_connection": 20.0},
}
LINKED = SERVED | {"network": {"bandwidth_mbit_per_s": 1_000.0, "response_kb_cv": 1.0}}
OF_SERVICE_MEMORY: tuple[tuple[str, float, Direction], ...] = (
    ("installed_gb", 16.0, "-"),
    ("base_gb", 1.0, "+"),
    ("cache_gb", 2.0, "+"),
    ("mb_per_connection", 30.0, "+"),
    ("mb_per_session", 0.2, "+"),
    ("sessions_share", 0.5, "+"),
)
EFFECTS = (
    *(
        Effect(
            key=f"service.memory.{name}",
            to=to,
            moves="service_memory_share",
            direction=direction,
            given=MEMORY,
            requests=REQUESTS,
        )
        for name, to, direction in OF_SERVICE_MEMORY
    ),
    *(
        Effect(
            key=f"database.memory.{name}",
            to=to,
            moves="database_memory_share",
            direction="+",
            given=MEMORY,
            requests=REQUESTS,
        )
        for name, to in (("base_gb", 2.0), ("cache_gb", 6.0), ("mb_per_connection", 30.0))
    ),
    Effect(
        key="prices.database_sizes.*.memory_gb",
        at='prices.database_sizes."db.m5.large".memory_gb',
        to=16.0,
        moves="database_memory_share",
        direction="-",
        given=MEMORY,
        requests=REQUESTS,
    ),
    Effect(
        key="prices.memory_gb_hour",
        to=0.01,
        moves="cost_compute_eur",
        direction="+",
        given=MEMORY | {"prices.memory_gb_hour": 0.004},
    ),
    Effect(key="database.storage.installed_gb", to=800.0, moves="storage_share", direction="-", given=STORED),
    Effect(key="database.storage.gb_per_user", to=0.002, moves="stored_gb", direction="+", given=STORED),
    Effect(
        key="database.storage.kb_per_write", to=20.0, moves="cost_storage_eur", direction="+", given=STORED
    ),
    Effect(
        key="network.bandwidth_mbit_per_s",
        to=2_000.0,
        moves="bandwidth_share",
        direction="-",
        given=LINKED,
    ),
    Effect(
        key="network.response_kb_cv",
        to=3.0,
        moves="bandwidth_p95_mbit_per_s",
        direction="+",
        given=LINKED,
    ),
)
