using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SocialRegistry.Access.Persistence.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Truth : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "consent",
                schema: "access",
                table: "partners",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "off"
            );

            migrationBuilder.AddColumn<string>(
                name: "legal_ground",
                schema: "access",
                table: "partners",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "name",
                schema: "access",
                table: "partners",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(name: "consent", schema: "access", table: "partners");

            migrationBuilder.DropColumn(name: "legal_ground", schema: "access", table: "partners");

            migrationBuilder.DropColumn(name: "name", schema: "access", table: "partners");
        }
    }
}
