#!/bin/sh
# The long run of the fault harness: each family of faults with 100,000 accepted jobs and 20 strikes,
# and 1,000 kills of a store's writer. Takes hours; wants the machine to itself, root for the full disk,
# and what ./verify --all installs. The figures are printed at the end and kept in target/faults.txt.
#
#   e2e/faults.sh               all families
#   e2e/faults.sh CrashTest     these only
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
. "$root/bin/java.sh"
jdk=$(find_java_home javac)
[ -n "$jdk" ] || no_java

tests=dev.recado.e2e.faults.*Test
if [ $# -gt 0 ]; then
  tests=$(IFS=,; echo "$*")
fi
mkdir -p "$root/target"
code=0
run_maven "$jdk" verify -pl e2e -am -Djacoco.skip \
  -DexcludedGroups=nginx,browser,docker -Dleft.to.soak=none -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false \
  "-Dit.test=$tests" -Dfailsafe.failIfNoSpecifiedTests=false \
  -Drecado.faults.jobs="${JOBS:-100000}" -Drecado.faults.rate=1000 -Drecado.faults.rounds=20 \
  -Drecado.faults.latency=20 -Drecado.faults.lease=5 -Drecado.faults.kills=1000 \
  >"$root/target/faults.log" 2>&1 || code=$?
{
  echo "commit $(git -C "$root" rev-parse --short HEAD), $(date -u +%F), $(nproc) cores, $(uname -sr)"
  grep -E '^(FAULT|OUTAGE|OVERLOAD)|Tests run:' "$root/target/faults.log"
} | tee "$root/target/faults.txt"
exit "$code"
