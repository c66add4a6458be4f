using System.ComponentModel.DataAnnotations;

namespace MiStore.PaymentSandbox;

public sealed record SandboxOptions
{
    /// <summary>After how many seconds a payment with <c>tok_late</c> succeeds. The default outlives a reservation of ten minutes.</summary>
    [Range(0, 86400)]
    public int LateSeconds { get; set; } = 660;

    public TimeSpan Late => TimeSpan.FromSeconds(LateSeconds);
}
