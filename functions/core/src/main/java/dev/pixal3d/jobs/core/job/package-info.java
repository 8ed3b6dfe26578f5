@NullMarked
package dev.pixal3d.jobs.core.job;

import org.jspecify.annotations.NullMarked;
