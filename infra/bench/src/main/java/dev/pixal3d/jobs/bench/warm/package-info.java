/** What a request costs that comes to a function that is warm. */
@NullMarked
package dev.pixal3d.jobs.bench.warm;

import org.jspecify.annotations.NullMarked;
