/** Tests whether what the settings name can be reached: one class per thing that is tested. */
@NullMarked
package dev.recado.app.check;

import org.jspecify.annotations.NullMarked;
