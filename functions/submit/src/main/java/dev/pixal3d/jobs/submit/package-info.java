@NullMarked
package dev.pixal3d.jobs.submit;

import org.jspecify.annotations.NullMarked;
