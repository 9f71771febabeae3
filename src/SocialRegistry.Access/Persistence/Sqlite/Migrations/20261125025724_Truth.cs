using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SocialRegistry.Access.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Truth : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "consent",
                table: "access_partners",
                type: "TEXT",
                maxLength: 20,
                nullable: false,
                defaultValue: "off"
            );

            migrationBuilder.AddColumn<string>(
                name: "legal_ground",
                table: "access_partners",
                type: "TEXT",
                maxLength: 200,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "name",
                table: "access_partners",
                type: "TEXT",
                maxLength: 200,
                nullable: true
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(name: "consent", table: "access_partners");

            migrationBuilder.DropColumn(name: "legal_ground", table: "access_partners");

            migrationBuilder.DropColumn(name: "name", table: "access_partners");
        }
    }
}
