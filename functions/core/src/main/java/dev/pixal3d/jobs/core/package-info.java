@NullMarked
package dev.pixal3d.jobs.core;

import org.jspecify.annotations.NullMarked;
