@NullMarked
package dev.pixal3d.jobs.control;

import org.jspecify.annotations.NullMarked;
