@NullMarked
package dev.pixal3d.jobs.status;

import org.jspecify.annotations.NullMarked;
