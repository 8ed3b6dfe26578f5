/** What strangers might send: valid things, valid things mangled, and noise. */
@NullMarked
package dev.pixal3d.jobs.fuzz.draw;

import org.jspecify.annotations.NullMarked;
