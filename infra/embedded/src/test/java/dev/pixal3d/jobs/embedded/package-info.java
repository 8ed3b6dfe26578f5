@NullMarked
package dev.pixal3d.jobs.embedded;

import org.jspecify.annotations.NullMarked;
