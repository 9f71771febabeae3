using SocialRegistry.Access.Sessions;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Access.Authentication;

/// <summary>The authenticated caller of this request, and what is still to be checked about the request itself.</summary>
internal sealed class CallerFeature(Caller caller, IReadOnlyList<string> purposes) : ICallerFeature
{
    public Caller Caller { get; private set; } = caller;

    /// <summary>Purposes the caller may name.</summary>
    public IReadOnlyList<string> Purposes { get; } = purposes;

    /// <summary>Present when the caller came with a session's cookie.</summary>
    public SignedInSession? Session { get; init; }

    public void SetPurpose(string purpose) => Caller = Caller with { Purpose = purpose };
}
