@NullMarked
package dev.pixal3d.jobs.dispatch;

import org.jspecify.annotations.NullMarked;
