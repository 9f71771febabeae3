using SocialRegistry.Contracts;

namespace SocialRegistry.Api.Relationships;

/// <summary>
/// Relationships make no version of a record, so they carry an ETag of their own: the revision. If-Match is optional: a PUT says the whole
/// state, and the history keeps every one.
/// </summary>
internal static class Revisions
{
    /// <summary>The revision in If-Match; <c>null</c> without the header.</summary>
    public static Outcome<long?> Expected(string? ifMatch) =>
        string.IsNullOrWhiteSpace(ifMatch)
            ? (Outcome<long?>)(long?)null
            : Requests.ExpectedVersion(ifMatch).Map(revision => (long?)revision);
}
