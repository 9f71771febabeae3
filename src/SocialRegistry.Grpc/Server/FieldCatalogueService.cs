using Grpc.Core;
using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Calls;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Server;

internal sealed class FieldCatalogueService(IFieldCatalogue catalogue) : V1.FieldCatalogue.FieldCatalogueBase
{
    public override async Task<V1.GetCatalogueReply> Get(V1.GetCatalogueRequest request, ServerCallContext context)
    {
        // The port asks for no caller, the door does.
        CallerFeature.Of(context);
        return (await catalogue.GetAsync(context.CancellationToken)).ToWire();
    }
}
