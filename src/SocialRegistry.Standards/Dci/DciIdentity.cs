using Microsoft.Extensions.Options;
using SocialRegistry.Http;

namespace SocialRegistry.Standards.Dci;

/// <summary>Who we are to the partners.</summary>
internal sealed class DciIdentity
{
    private readonly HashSet<string> names;

    public DciIdentity(IOptions<DciOptions> options, PublicAddress address)
    {
        Id = options.Value.Id is { Length: > 0 } configured ? configured : new Uri(address.Url).Host;
        names = new HashSet<string>(options.Value.ReceiverIds, StringComparer.OrdinalIgnoreCase) { Id, address.Url };
    }

    /// <summary>Our <c>sender_id</c>.</summary>
    public string Id { get; }

    /// <summary>True for a <c>receiver_id</c> that means us.</summary>
    public bool Is(string receiverId) => names.Contains(receiverId);
}
