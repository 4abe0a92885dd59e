/** A codicon. It is decoration: what it says must also stand in words beside it or in `label`. */
export function Icon({ name, label, className }: { name: string; label?: string; className?: string }) {
  const classes = `codicon codicon-${name}${className === undefined ? '' : ` ${className}`}`;
  return label === undefined ? (
    <span class={classes} aria-hidden="true" />
  ) : (
    <span class={classes} role="img" aria-label={label} title={label} />
  );
}
