using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>The suite of the port <c>IFieldCatalogue</c>.</summary>
public abstract class FieldCataloguePortTests : PortTests
{
    [Fact]
    public async Task The_default_catalogue_arrives_whole()
    {
        var catalogue = await Ports.Fields.GetAsync(Cancellation);

        var birthDate = catalogue.Field(RegistrantKinds.Individual, "birth_date")!;
        Assert.Equal(
            (FieldType.Date, FieldClass.Internal, true, "demographic_info.birth_date", "birthdate"),
            (birthDate.Type, birthDate.Class, birthDate.Attestable, birthDate.DciPath, birthDate.Claim)
        );
        var address = catalogue.Field(RegistrantKinds.Individual, "address")!;
        Assert.True(address.Repeated);
        Assert.Equal("[A-Z]{2,3}", Pattern(address.Parts.Single(p => p.Id == "country_code")).Trim('^', '$'));
        Assert.Equal(FieldClass.Personal, address.Parts[0].Class);
        Assert.Contains(
            "F",
            catalogue.CodeLists.Single(l => l.Id == "sex").Codes.Single(c => c.Code == "female").Synonyms
        );
        Assert.Contains("NationalID", catalogue.IdentifierTypes.Single(t => t.Id == "NATIONAL_ID").Synonyms);
    }

    [Fact]
    public async Task A_field_belongs_to_its_kind()
    {
        var catalogue = await Ports.Fields.GetAsync(Cancellation);

        Assert.NotNull(catalogue.Field(RegistrantKinds.Group, "poverty_score"));
        Assert.Null(catalogue.Field(RegistrantKinds.Individual, "poverty_score"));
    }

    private static string Pattern(FieldView field) => field.Validation!.Value.GetProperty("pattern").GetString()!;
}
