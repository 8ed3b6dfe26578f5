@NullMarked
package dev.pixal3d.jobs.core.upstream;

import org.jspecify.annotations.NullMarked;
