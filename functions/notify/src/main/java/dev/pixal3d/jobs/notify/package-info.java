@NullMarked
package dev.pixal3d.jobs.notify;

import org.jspecify.annotations.NullMarked;
