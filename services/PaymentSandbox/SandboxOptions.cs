using System.ComponentModel.DataAnnotations;

namespace MiStore.PaymentSandbox;

/// <summary>What the operator of the sandbox may choose; everything else the test card does.</summary>
public sealed record SandboxOptions
{
    /// <summary>
    /// After how many seconds a payment with <c>tok_late</c> succeeds. The default outlives a reservation of ten minutes.
    /// </summary>
    [Range(0, 86400)]
    public int LateSeconds { get; set; } = 660;

    public TimeSpan Late => TimeSpan.FromSeconds(LateSeconds);
}
