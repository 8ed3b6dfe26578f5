@NullMarked
package dev.pixal3d.jobs.core.store;

import org.jspecify.annotations.NullMarked;
