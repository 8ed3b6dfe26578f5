@NullMarked
package dev.pixal3d.jobs.core.usecase;

import org.jspecify.annotations.NullMarked;
