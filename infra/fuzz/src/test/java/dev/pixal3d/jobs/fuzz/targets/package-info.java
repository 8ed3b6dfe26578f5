@NullMarked
package dev.pixal3d.jobs.fuzz.targets;

import org.jspecify.annotations.NullMarked;
