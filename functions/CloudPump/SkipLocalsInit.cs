// Buffers on the stack are written before they are read; clearing them first would cost more than some of the work done in them.
[module: System.Runtime.CompilerServices.SkipLocalsInit]
