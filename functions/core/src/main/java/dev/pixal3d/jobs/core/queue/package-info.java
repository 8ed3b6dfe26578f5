@NullMarked
package dev.pixal3d.jobs.core.queue;

import org.jspecify.annotations.NullMarked;
