using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Client;

internal sealed class RemoteNamedVersions(RemoteCalls calls) : INamedVersions
{
    private readonly V1.NamedVersions.NamedVersionsClient client = calls.Channel.NamedVersions;

    public Task<Outcome<NamedVersionView>> CreateAsync(
        NewNamedVersion version,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = version.ToWire();
        return calls.AskAsync(o => client.CreateAsync(request, o), Read, caller, cancellationToken);
    }

    public Task<Outcome<Page<NamedVersionView>>> ListAsync(
        NamedVersionFilter filter,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = filter.ToWire(page);
        return calls.AskAsync(o => client.ListAsync(request, o), reply => reply.ToView(), caller, cancellationToken);
    }

    public Task<Outcome<NamedVersionView>> GetAsync(string name, Caller caller, CancellationToken cancellationToken)
    {
        var request = new V1.GetNamedVersionRequest { Name = name };
        return calls.AskAsync(o => client.GetAsync(request, o), Read, caller, cancellationToken);
    }

    public Task<Outcome<Page<NamedVersionMember>>> MembersAsync(
        string name,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.ListNamedVersionMembersRequest { Name = name, Page = page.ToWire() };
        return calls.AskAsync(o => client.MembersAsync(request, o), reply => reply.ToView(), caller, cancellationToken);
    }

    public Task<Outcome<NamedVersionMember>> JoinAsync(
        string name,
        RegistrantId registrant,
        long? version,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.JoinNamedVersionRequest { Name = name, RegistrantId = registrant.ToString() };
        if (version is { } number)
        {
            request.Version = number;
        }

        return calls.AskAsync(
            o => client.JoinAsync(request, o),
            reply =>
                reply.Member?.ToView()
                ?? throw UnreadableMessageException.Of("member", "required", "expected a member"),
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<NamedVersionView>> CloseAsync(string name, Caller caller, CancellationToken cancellationToken)
    {
        var request = new V1.CloseNamedVersionRequest { Name = name };
        return calls.AskAsync(o => client.CloseAsync(request, o), Read, caller, cancellationToken);
    }

    public Task<Outcome<FeedbackResult>> FeedbackAsync(
        Feedback feedback,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = feedback.ToWire();
        return calls.AskAsync(
            o => client.FeedbackAsync(request, o),
            reply => reply.ToView(),
            caller,
            cancellationToken
        );
    }

    private static NamedVersionView Read(V1.NamedVersionReply reply) =>
        reply.Version?.ToView()
        ?? throw UnreadableMessageException.Of("version", "required", "expected a named version");
}
