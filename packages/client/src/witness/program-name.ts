/** What a witness says of the program that wrote it. A test sees that it is the version of the package. */
export const programName = 'dataans 0.1.0';
