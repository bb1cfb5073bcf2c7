export { findProgram } from "../docker/program";
