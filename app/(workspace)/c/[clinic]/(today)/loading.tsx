import { LoadingToday } from "#components/layout/loading-page.tsx";

export default LoadingToday;
