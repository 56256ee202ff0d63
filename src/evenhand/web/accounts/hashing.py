# SPDX-License-Identifier: Apache-2.0
"""Passwords and receipt codes as Argon2id hashes, with the parameters that OWASP gives: 19 MiB, two passes, one lane."""

from typing import Any

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id as Kdf
from django.contrib.auth.hashers import BasePasswordHasher

MEMORY = 19_456
"""KiB."""
PASSES = 2
LANES = 1
LENGTH = 32


class Argon2id(BasePasswordHasher):
    """Encodes as `argon2id$v=19$m=19456,t=2,p=1$SALT$HASH`: the usual text without its first sign."""

    algorithm = "argon2id"

    def encode(self, password: str, salt: str) -> str:
        """The hash of a password with a salt of at least eight ASCII letters."""
        self._check_encode_args(password, salt)  # type: ignore[attr-defined]
        kdf = Kdf(salt=salt.encode(), length=LENGTH, iterations=PASSES, lanes=LANES, memory_cost=MEMORY)
        return kdf.derive_phc_encoded(password.encode()).removeprefix("$")

    def verify(self, password: str, encoded: str) -> bool:
        """Whether this is the hash of this password; takes the same time either way."""
        try:
            Kdf.verify_phc_encoded(password.encode(), f"${encoded}")
        except InvalidKey:
            return False
        return True

    def decode(self, encoded: str) -> dict[str, Any]:
        """The parts of a hash."""
        algorithm, version, parameters, salt, digest = encoded.split("$")
        sizes = dict(part.split("=") for part in parameters.split(","))
        return {
            "algorithm": algorithm,
            "version": version,
            "memory_cost": int(sizes["m"]),
            "time_cost": int(sizes["t"]),
            "parallelism": int(sizes["p"]),
            "salt": salt,
            "hash": digest,
        }

    def safe_summary(self, encoded: str) -> Any:
        """What may be shown of a hash: its parameters."""
        parts = self.decode(encoded)
        return {name: parts[name] for name in ("algorithm", "memory_cost", "time_cost", "parallelism")}

    def must_update(self, encoded: str) -> bool:
        """Whether a hash was made with other parameters than today's."""
        parts = self.decode(encoded)
        return (parts["memory_cost"], parts["time_cost"], parts["parallelism"]) != (MEMORY, PASSES, LANES)

    def harden_runtime(self, password: str, encoded: str) -> None:
        """Nothing: a hash with other parameters is made anew at the next sign-in."""
