package dev.resnet4j.benchmarks.race;

import java.util.Map;

/** What the script {@code resnet4j} sets before it starts Java. */
final class StartScript {
    /** As in the script. */
    static final Map<String, String> ENVIRONMENT = Map.of(
            "GOMP_SPINCOUNT", "1000",
            "MALLOC_ARENA_MAX", "1",
            "MALLOC_MMAP_THRESHOLD_", "33554432",
            "MALLOC_TRIM_THRESHOLD_", "8589934592",
            "GLIBC_TUNABLES", "glibc.malloc.hugetlb=1");

    private StartScript() {}
}
