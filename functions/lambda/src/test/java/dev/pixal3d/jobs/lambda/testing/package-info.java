/** What the tests of all functions share. */
@NullMarked
package dev.pixal3d.jobs.lambda.testing;

import org.jspecify.annotations.NullMarked;
