using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Client;

internal sealed class RemoteVersions(RemoteCalls calls) : IVersions
{
    private readonly V1.Versions.VersionsClient client = calls.Channel.Versions;

    public Task<Outcome<Page<ChangeView>>> ChangesAsync(
        RegistrantId id,
        HistoryFilter filter,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.ListChangesRequest
        {
            RegistrantId = id.ToString(),
            Filter = filter.ToWire(),
            Page = page.ToWire(),
        };
        return calls.AskAsync(o => client.ChangesAsync(request, o), reply => reply.ToView(), caller, cancellationToken);
    }

    public Task<Outcome<VersionDifference>> CompareAsync(
        RegistrantId id,
        VersionPoint from,
        VersionPoint to,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.CompareVersionsRequest
        {
            RegistrantId = id.ToString(),
            From = from.ToWire(),
            To = to.ToWire(),
        };
        return calls.AskAsync(o => client.CompareAsync(request, o), reply => reply.ToView(), caller, cancellationToken);
    }

    public Task<Outcome<Page<RegistrantView>>> MembersAsync(
        RegistrantId group,
        ReadOptions options,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.ListMembersThenRequest
        {
            GroupId = group.ToString(),
            Options = options.ToWire(),
            Page = page.ToWire(),
        };
        return calls.AskAsync(
            o => client.MembersAsync(request, o),
            reply => new Page<RegistrantView>(
                [.. reply.Items.Select(i => i.ToView())],
                reply.HasNext ? reply.Next : null
            ),
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<Page<VersionView>>> ListAsync(
        RegistrantId id,
        HistoryFilter filter,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.ListVersionsRequest
        {
            RegistrantId = id.ToString(),
            Filter = filter.ToWire(),
            Page = page.ToWire(),
        };
        return calls.AskAsync(o => client.ListAsync(request, o), reply => reply.ToView(), caller, cancellationToken);
    }

    public Task<Outcome<Page<DisclosureView>>> DisclosuresAsync(
        RegistrantId id,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.ListDisclosuresRequest { RegistrantId = id.ToString(), Page = page.ToWire() };
        return calls.AskAsync(
            o => client.DisclosuresAsync(request, o),
            reply => reply.ToView(),
            caller,
            cancellationToken
        );
    }
}

/// <summary>The port knows no refusal, so whatever the core refuses is an exception here.</summary>
internal sealed class RemoteFieldCatalogue(RemoteCalls calls) : IFieldCatalogue
{
    private readonly V1.FieldCatalogue.FieldCatalogueClient client = calls.Channel.FieldCatalogue;

    public async Task<CatalogueView> GetAsync(CancellationToken cancellationToken) =>
        (
            await calls.AskAsync(
                o => client.GetAsync(new V1.GetCatalogueRequest(), o),
                reply => reply.ToView(),
                RemoteCalls.Nobody,
                cancellationToken
            )
        ).OrThrow();
}

/// <summary>The port knows no refusal, so whatever the core refuses is an exception here.</summary>
internal sealed class RemotePartners(RemoteCalls calls) : IPartners
{
    private readonly V1.Partners.PartnersClient client = calls.Channel.Partners;

    public async Task<PartnerView?> FindAsync(string id, CancellationToken cancellationToken) =>
        (
            await calls.AskAsync(
                o => client.FindAsync(new V1.FindPartnerRequest { Id = id }, o),
                reply => new Found(reply.Partner?.ToView()),
                RemoteCalls.Nobody,
                cancellationToken
            )
        )
            .OrThrow()
            .Partner;

    private sealed record Found(PartnerView? Partner);
}

file static class Outcomes
{
    public static T OrThrow<T>(this Outcome<T> outcome) =>
        outcome.Succeeded ? outcome.Value : throw new RemotePortException(outcome.Problem);
}
