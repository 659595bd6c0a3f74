// A proxy has led back here: the window that was opened for its login is of no more use.
close();
