@NullMarked
package dev.pixal3d.jobs.core.gate;

import org.jspecify.annotations.NullMarked;
