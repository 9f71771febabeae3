using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Attestations;

/// <summary>From which status to which one may go; configuration may replace the table.</summary>
internal sealed class AttestationTransitions(RegistryOptions options)
{
    private static readonly Dictionary<string, string[]> Standard = new()
    {
        [AttestationStatuses.New] = [AttestationStatuses.Attested, AttestationStatuses.Rejected],
        // Attested again: by another attestor, or for a longer time.
        [AttestationStatuses.Attested] =
        [
            AttestationStatuses.Attested,
            AttestationStatuses.Rejected,
            AttestationStatuses.New,
        ],
        [AttestationStatuses.Rejected] = [AttestationStatuses.Attested, AttestationStatuses.New],
    };

    private readonly Dictionary<string, string[]> table =
        options.AttestationTransitions.Count > 0 ? options.AttestationTransitions : Standard;

    /// <summary>True for a status that an attestor may send.</summary>
    public bool Knows(string status) =>
        !IsMadeHere(status) && (table.ContainsKey(status) || table.Values.Any(to => to.Contains(status)));

    /// <summary>What is pending or has expired goes where a new value goes, and back to NEW, unless the table says otherwise.</summary>
    public bool Allows(string from, string to) =>
        table.TryGetValue(from, out var next)
            ? next.Contains(to)
            : IsMadeHere(from)
                && (to == AttestationStatuses.New || table.GetValueOrDefault(AttestationStatuses.New, []).Contains(to));

    private static bool IsMadeHere(string status) =>
        status is AttestationStatuses.Pending or AttestationStatuses.Expired;
}
