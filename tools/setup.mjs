import { installChromium, installDependencies } from './install.mjs';

installDependencies();
installChromium();
