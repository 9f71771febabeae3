using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Client;

internal sealed class RemoteCatalogueChanges(RemoteCalls calls) : ICatalogueChanges
{
    private readonly V1.CatalogueChanges.CatalogueChangesClient client = calls.Channel.CatalogueChanges;

    public Task<Outcome<FieldDraftView>> DraftAsync(
        FieldView field,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.DraftFieldRequest { Field = field.ToWire(), Conditions = conditions.ToWire() };
        return calls.AskAsync(
            o => client.DraftAsync(request, o),
            reply => reply.Draft.ToView(),
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<IReadOnlyList<FieldDraftView>>> DraftsAsync(
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        calls.AskAsync<V1.ListFieldDraftsReply, IReadOnlyList<FieldDraftView>>(
            o => client.ListDraftsAsync(new V1.ListFieldDraftsRequest(), o),
            reply => [.. reply.Drafts.Select(d => d.ToView())],
            caller,
            cancellationToken
        );

    public Task<Outcome<Done>> WithdrawAsync(
        FieldName field,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.WithdrawFieldRequest { Field = field.ToWire(), Conditions = conditions.ToWire() };
        return calls.AskAsync(o => client.WithdrawAsync(request, o), _ => default(Done), caller, cancellationToken);
    }

    public Task<Outcome<FieldEffectView>> PreviewAsync(
        FieldName field,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.PreviewFieldRequest { Field = field.ToWire() };
        return calls.AskAsync(
            o => client.PreviewAsync(request, o),
            reply => reply.ToView(),
            caller,
            cancellationToken,
            GrpcLimits.PreviewDeadline
        );
    }

    public Task<Outcome<FieldStatusView>> PublishAsync(
        FieldName field,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.PublishFieldRequest { Field = field.ToWire(), Conditions = conditions.ToWire() };
        return calls.AskAsync(
            o => client.PublishAsync(request, o),
            reply => reply.Field.ToView(),
            caller,
            cancellationToken,
            GrpcLimits.PreviewDeadline
        );
    }

    public Task<Outcome<FieldStatusView>> RetireAsync(
        FieldName field,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.RetireFieldRequest { Field = field.ToWire(), Conditions = conditions.ToWire() };
        return calls.AskAsync(
            o => client.RetireAsync(request, o),
            reply => reply.Field.ToView(),
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<FieldStatusView>> FieldAsync(
        FieldName field,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.GetFieldRequest { Field = field.ToWire() };
        return calls.AskAsync(
            o => client.GetFieldAsync(request, o),
            reply => reply.Field.ToView(),
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<IReadOnlyList<FieldIndexView>>> IndexesAsync(
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        calls.AskAsync<V1.ListFieldIndexesReply, IReadOnlyList<FieldIndexView>>(
            o => client.ListIndexesAsync(new V1.ListFieldIndexesRequest(), o),
            reply => [.. reply.Indexes.Select(i => i.ToView())],
            caller,
            cancellationToken
        );

    public Task<Outcome<CodeListView>> PutCodeListAsync(
        CodeListView list,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.PutCodeListRequest { List = list.ToWire(), Conditions = conditions.ToWire() };
        return calls.AskAsync(
            o => client.PutCodeListAsync(request, o),
            reply => reply.List.ToView(),
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<CodeListView>> PutCodeAsync(
        string list,
        CodeView code,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.PutCodeRequest
        {
            List = list,
            Code = code.ToWire(),
            Conditions = conditions.ToWire(),
        };
        return calls.AskAsync(
            o => client.PutCodeAsync(request, o),
            reply => reply.List.ToView(),
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<IdentifierTypeView>> PutIdentifierTypeAsync(
        IdentifierTypeView type,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.PutIdentifierTypeRequest { Type = type.ToWire(), Conditions = conditions.ToWire() };
        return calls.AskAsync(
            o => client.PutIdentifierTypeAsync(request, o),
            reply => reply.Type.ToView(),
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<CatalogueApplied>> ApplyAsync(
        CatalogueAdditions additions,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.ApplyCatalogueRequest
        {
            CodeLists = { additions.CodeLists.Select(l => l.ToWire()) },
            Fields = { additions.Fields.Select(f => f.ToWire()) },
        };
        return calls.AskAsync(
            o => client.ApplyAsync(request, o),
            reply => new CatalogueApplied(reply.Version, [.. reply.CodeLists], [.. reply.Fields]),
            caller,
            cancellationToken,
            GrpcLimits.PreviewDeadline
        );
    }

    public Task<Outcome<Page<CatalogueChangeView>>> ChangesAsync(
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.ListCatalogueChangesRequest { Page = page.ToWire() };
        return calls.AskAsync(
            o => client.ListChangesAsync(request, o),
            reply => reply.ToView(),
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<CatalogueView>> AtAsync(int version, Caller caller, CancellationToken cancellationToken)
    {
        var request = new V1.GetCatalogueVersionRequest { Version = version };
        return calls.AskAsync(
            o => client.GetVersionAsync(request, o),
            reply => reply.ToView(),
            caller,
            cancellationToken
        );
    }
}
