/** In the folder of the home: where archives lie that become downloads. */
export const exportsFolderName = 'exports';
