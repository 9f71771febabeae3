using Grpc.Core;
using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Calls;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Server;

internal sealed class CatalogueChangesService(ICatalogueChanges changes) : V1.CatalogueChanges.CatalogueChangesBase
{
    public override async Task<V1.DraftFieldReply> Draft(V1.DraftFieldRequest request, ServerCallContext context)
    {
        var field = request.Field ?? throw UnreadableMessageException.Of("field", "required", "expected a field");
        var outcome = await changes.DraftAsync(
            field.ToView(),
            request.Conditions.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return new V1.DraftFieldReply { Draft = outcome.OrRefuse().ToWire() };
    }

    public override async Task<V1.ListFieldDraftsReply> ListDrafts(
        V1.ListFieldDraftsRequest request,
        ServerCallContext context
    )
    {
        var outcome = await changes.DraftsAsync(CallerFeature.Of(context), context.CancellationToken);
        return new V1.ListFieldDraftsReply { Drafts = { outcome.OrRefuse().Select(d => d.ToWire()) } };
    }

    public override async Task<V1.WithdrawFieldReply> Withdraw(
        V1.WithdrawFieldRequest request,
        ServerCallContext context
    )
    {
        var outcome = await changes.WithdrawAsync(
            request.Field.ToName(),
            request.Conditions.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        outcome.OrRefuse();
        return new V1.WithdrawFieldReply();
    }

    public override async Task<V1.PreviewFieldReply> Preview(V1.PreviewFieldRequest request, ServerCallContext context)
    {
        var outcome = await changes.PreviewAsync(
            request.Field.ToName(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return outcome.OrRefuse().ToWire();
    }

    public override async Task<V1.PublishFieldReply> Publish(V1.PublishFieldRequest request, ServerCallContext context)
    {
        var outcome = await changes.PublishAsync(
            request.Field.ToName(),
            request.Conditions.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return new V1.PublishFieldReply { Field = outcome.OrRefuse().ToWire() };
    }

    public override async Task<V1.RetireFieldReply> Retire(V1.RetireFieldRequest request, ServerCallContext context)
    {
        var outcome = await changes.RetireAsync(
            request.Field.ToName(),
            request.Conditions.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return new V1.RetireFieldReply { Field = outcome.OrRefuse().ToWire() };
    }

    public override async Task<V1.GetFieldReply> GetField(V1.GetFieldRequest request, ServerCallContext context)
    {
        var outcome = await changes.FieldAsync(
            request.Field.ToName(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return new V1.GetFieldReply { Field = outcome.OrRefuse().ToWire() };
    }

    public override async Task<V1.ListFieldIndexesReply> ListIndexes(
        V1.ListFieldIndexesRequest request,
        ServerCallContext context
    )
    {
        var outcome = await changes.IndexesAsync(CallerFeature.Of(context), context.CancellationToken);
        return new V1.ListFieldIndexesReply { Indexes = { outcome.OrRefuse().Select(i => i.ToWire()) } };
    }

    public override async Task<V1.PutCodeListReply> PutCodeList(
        V1.PutCodeListRequest request,
        ServerCallContext context
    )
    {
        var list = request.List ?? throw UnreadableMessageException.Of("list", "required", "expected a code list");
        var outcome = await changes.PutCodeListAsync(
            list.ToView(),
            request.Conditions.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return new V1.PutCodeListReply { List = outcome.OrRefuse().ToWire() };
    }

    public override async Task<V1.PutCodeReply> PutCode(V1.PutCodeRequest request, ServerCallContext context)
    {
        var code = request.Code ?? throw UnreadableMessageException.Of("code", "required", "expected a code");
        var outcome = await changes.PutCodeAsync(
            request.List,
            code.ToView(),
            request.Conditions.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return new V1.PutCodeReply { List = outcome.OrRefuse().ToWire() };
    }

    public override async Task<V1.PutIdentifierTypeReply> PutIdentifierType(
        V1.PutIdentifierTypeRequest request,
        ServerCallContext context
    )
    {
        var type = request.Type ?? throw UnreadableMessageException.Of("type", "required", "expected a type");
        var outcome = await changes.PutIdentifierTypeAsync(
            type.ToView(),
            request.Conditions.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return new V1.PutIdentifierTypeReply { Type = outcome.OrRefuse().ToWire() };
    }

    public override async Task<V1.ApplyCatalogueReply> Apply(
        V1.ApplyCatalogueRequest request,
        ServerCallContext context
    )
    {
        var outcome = await changes.ApplyAsync(
            new CatalogueAdditions(
                [.. request.CodeLists.Select(l => l.ToView())],
                [.. request.Fields.Select(f => f.ToView())]
            ),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        var applied = outcome.OrRefuse();
        return new V1.ApplyCatalogueReply
        {
            Version = applied.Version,
            CodeLists = { applied.CodeLists },
            Fields = { applied.Fields },
        };
    }

    public override async Task<V1.ListCatalogueChangesReply> ListChanges(
        V1.ListCatalogueChangesRequest request,
        ServerCallContext context
    )
    {
        var outcome = await changes.ChangesAsync(
            request.Page.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return outcome.OrRefuse().ToWire();
    }

    public override async Task<V1.GetCatalogueReply> GetVersion(
        V1.GetCatalogueVersionRequest request,
        ServerCallContext context
    )
    {
        var outcome = await changes.AtAsync(request.Version, CallerFeature.Of(context), context.CancellationToken);
        return outcome.OrRefuse().ToWire();
    }
}
