@NullMarked
package dev.pixal3d.jobs.bench.warm;

import org.jspecify.annotations.NullMarked;
