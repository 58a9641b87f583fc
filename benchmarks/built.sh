# Read by run and jmh with $root set: builds what they need and says which java runs it, in $best.
name=benchmarks
. "$root/dist/jdk"
(cd "$root" && mvn -q -B -ntp -pl benchmarks -am -Dmaven.test.skip=true -Dspotless.check.skip=true package) >&2
