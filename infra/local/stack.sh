# What infra/local's scripts share: where things are, and how the built stack is started. To be sourced.

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P) || exit 1
jdk=$("$home/infra/find-jdk25") || exit 3
target=$home/infra/local/target
archive=$target/libraries.jsa

jvm=(
  -XX:+UseSerialGC -XX:TieredStopAtLevel=1 # small and soon up, rather than fast for hours
  -Xmx320m -Xss512k -XX:MaxDirectMemorySize=96m -Djdk.nio.maxCachedBufferSize=65536 -Dhttp.maxConnections=64
  --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
  -Dslf4j.provider=org.slf4j.simple.SimpleServiceProvider -Dslf4j.internal.verbosity=WARN # not what the zips bring, which writes JSON for CloudWatch
  "-Dpixal3d.home=$home"
)
main=dev.pixal3d.jobs.local.LocalStackCommand
class_path() { echo "$(<"$target/libraries.classpath"):$(<"$target/modules.classpath"):$(echo "$target"/local-*.jar)"; }

# Else glibc keeps what the JVM has given back: 800 MB instead of 500 MB after 200 jobs.
export MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=131072

# The AWS SDK would take a proxy also to servers on loopback.
export no_proxy="localhost,127.0.0.1${no_proxy:+,$no_proxy}"
export NO_PROXY=$no_proxy

# Class data sharing halves the time of the start. The archive holds the libraries' classes that one job needs; without
# it everything works, only later.
archive_libraries() {
  local of=$target/libraries.archived list=$target/classes.list log=$target/archive.log
  if [ -e "$archive" ] && cmp -s "$target/libraries.classpath" "$of"; then return; fi
  echo "Preparing a fast start..." >&2
  rm -f "$archive"
  "$jdk/bin/java" "${jvm[@]}" "-XX:DumpLoadedClassList=$list" -cp "$(class_path)" "$main" \
    --image "$home/infra/local/samples/dog.png" --out "$target/dog.glb" >"$log" 2>&1 &&
    "$jdk/bin/java" "${jvm[@]}" -Xshare:dump "-XX:SharedClassListFile=$list" "-XX:SharedArchiveFile=$archive" \
      -cp "$(<"$target/libraries.classpath")" >>"$log" 2>&1 &&
    cp "$target/libraries.classpath" "$of"
}

start_stack() {
  [ -e "$archive" ] && jvm+=("-XX:SharedArchiveFile=$archive" -Xlog:cds=off -Xlog:cds+dynamic=off)
  exec "$jdk/bin/java" "${jvm[@]}" -cp "$(class_path)" "$main" "$@"
}
