import { LoadingList } from "#components/layout/loading-page.tsx";

export default LoadingList;
