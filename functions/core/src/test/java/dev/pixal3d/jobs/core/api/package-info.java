@NullMarked
package dev.pixal3d.jobs.core.api;

import org.jspecify.annotations.NullMarked;
