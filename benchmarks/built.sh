# Read by run and jmh with $root set: builds what they need and says which java runs it, in $java.
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
version=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = //p')
if [ "${version:-0}" -lt 21 ]; then
    echo "benchmarks: JDK 21 or newer is needed (25 is best), this is ${version:-none}; set JAVA_HOME" >&2
    exit 1
fi
(cd "$root" && mvn -q -B -ntp -pl benchmarks -am -Dmaven.test.skip=true -Dspotless.check.skip=true package) >&2
