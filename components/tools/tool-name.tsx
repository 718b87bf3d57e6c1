type ToolNameProps = { product: string; surface: string };

/** A tool is a product and the surface it is used through; the second is never left out. */
export function ToolName({ product, surface }: ToolNameProps) {
  return (
    <>
      {product}
      <span className="block font-normal text-muted text-sm sm:min-w-36">{surface}</span>
    </>
  );
}
