@NullMarked
package dev.pixal3d.jobs.core.callback;

import org.jspecify.annotations.NullMarked;
